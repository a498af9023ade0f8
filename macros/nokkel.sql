{# A printed name as part of a key: lower case, hyphens for spaces, no full stops. #}
{% macro nokkel(uttrykk) -%}
    replace(replace(lower({{ uttrykk }}), ' ', '-'), '.', '')
{%- endmacro %}
