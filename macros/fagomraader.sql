{#
    The subjects that have figures: each has seeds <subject>_serier and <subject>_verdier. A new
    subject is a new name here.
#}
{% macro fagomraader() -%}
    {{ return([
        "bosetting",
        "norskopplaering",
        "introduksjonsprogram",
        "jobbsjansen",
        "tolk",
        "tilskudd",
        "samfunnsliv",
        "virksomhet",
        "regnskap",
        "statsregnskapet",
    ]) }}
{%- endmacro %}
