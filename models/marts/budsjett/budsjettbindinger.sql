with

bindinger as (
    select * from {{ ref('int_bindinger_i_kroner') }}
),

budsjettbindinger as (
    select
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        binding,
        overordnet_binding,
        andelstype,
        cast(grunnverdi as decimal(18, 0)) as belop_kr,
        belop,
        enhet,
        mottaker,
        dokument_id,
        sted
    from bindinger
)

select * from budsjettbindinger
order by virksomhet_id, budsjettaar, kapittel, post, overordnet_binding, binding
