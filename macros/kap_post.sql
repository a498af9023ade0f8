{#
    A chapter, or a chapter and a post, as people read it: kap. 671 post 60. The codes themselves keep their zeros.
#}
{% macro kap_post(kapittel, post=none) -%}
    'kap. ' || trim(leading '0' from {{ kapittel }}){% if post %} || ' post ' || {{ post }}{% endif %}
{%- endmacro %}
