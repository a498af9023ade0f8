{#
    Schemas are named by layer (seeds, staging, intermediate, marts), without the target's prefix:
    analysts read `marts.oppdrag` in every file and on every engine.
#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}
