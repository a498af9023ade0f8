{#
    A chapter, or a chapter and a post, as people read it: kap. 671 post 60. The codes themselves keep their zeros.
#}
{% macro kap_post(kapittel, post=none) -%}
    'kap. ' || ltrim({{ kapittel }}, '0'){% if post %} || ' post ' || {{ post }}{% endif %}
{%- endmacro %}
