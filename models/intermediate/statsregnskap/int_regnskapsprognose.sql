{#
    What the year's accounts will be, judged at the end of a month: what has accrued, and for the months that are left
    the mean of those of the last five years that are whole and have accounts on the post, scaled by how this year has
    grown so far against the same years. The growth is held between a half and the double: early in the year a single
    payment says little. Beside it the two simplest guesses: the rest as last year, and each month as the mean of those so far.
#}
with

hittil as (
    select * from {{ ref('int_regnskap_hittil') }}
),

med_snitt as (
    select
        *,
        avg(case when har_regnskap and hele_aaret is not null then hittil end) over fem_aar as snitt_hittil,
        avg(case when har_regnskap then hele_aaret - hittil end) over fem_aar as snitt_rest
    from hittil
    window fem_aar as (
        partition by organisasjonsnummer, kapittel, post, maaned
        order by budsjettaar
        range between 5 preceding and 1 preceding
    )
),

med_vekst as (
    select
        *,
        case
            when snitt_hittil > 0 then least(greatest({{ brok('hittil', 'snitt_hittil') }}, 0.5), 2)
            else 1
        end as vekst
    from med_snitt
),

prognose as (
    select
        organisasjonsnummer,
        budsjettaar,
        maaned,
        kapittel,
        post,
        hele_aaret,
        -- in whole thousands: more is not known. A half is one on every engine once the quotient's last digits are gone
        cast(round(cast(hittil + snitt_rest * vekst as decimal(24, 3)), -3) as decimal(18, 0)) as prognose_kr,
        cast(round(hittil + hele_fjoraaret - hittil_i_fjor, -3) as decimal(18, 0)) as resten_som_i_fjor_kr,
        cast(round(cast(hittil * 12 / maaned as decimal(24, 3)), -3) as decimal(18, 0)) as jevnt_forbruk_kr
    from med_vekst
)

select * from prognose
