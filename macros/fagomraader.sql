{#
    The subjects that have figures, each with what it is called in a sentence: a subject has the seeds
    <subject>_serier and <subject>_verdier. A new subject is a new line here.
#}
{% macro fagomraader() -%}
    {{ return({
        "bosetting": "bosetting",
        "norskopplaering": "norskopplæring",
        "introduksjonsprogram": "introduksjonsprogrammet",
        "jobbsjansen": "Jobbsjansen",
        "tolk": "tolk",
        "tilskudd": "tilskudd",
        "samfunnsliv": "deltakelse i samfunnslivet",
        "virksomhet": "virksomhetens drift",
        "regnskap": "regnskap og årsverk",
        "statsregnskapet": "bevilgninger i statsregnskapet",
    }) }}
{%- endmacro %}
