{#
    The subjects that have figures, each with what it is called in a sentence: a subject has the seeds
    <subject>_serier and <subject>_verdier. A new subject is a new line here.
#}
{% macro fagomraader() -%}
    {%- set omraader = {
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
    } -%}
    {%- if execute -%}
        {%- for seed in graph.nodes.values()
            if seed.resource_type == "seed" and seed.name.endswith("_serier") and seed.name[:-7] not in omraader -%}
            {{ exceptions.raise_compiler_error(
                "Fagområdet «" ~ seed.name[:-7] ~ "» er deklarert, men har ingen linje i macros/fagomraader.sql."
            ) }}
        {%- endfor -%}
    {%- endif -%}
    {{ return(omraader) }}
{%- endmacro %}
