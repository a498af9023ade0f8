{# What an agency reports to its ministry in autumn: the accounts by 31 August, last year, and the forecast. #}
with

per_maaned as (
    select * from {{ ref('budsjettutnyttelse_per_maaned') }}
),

rapport as (
    select
        virksomhet_id,
        budsjettaar,
        kapittel,
        post,
        side,
        kapittelnavn,
        postnavn,
        hittil_i_aar_kr,
        hittil_i_fjor_kr,
        hele_fjoraaret_kr,
        ramme_kr,
        rammegrunnlag,
        forbruksgrad,
        prognose_kr,
        prognose_mindreutgift_kr,
        dokument_id,
        sted
    from per_maaned
    where maaned = 8
)

select * from rapport
order by virksomhet_id, budsjettaar, kapittel, post
