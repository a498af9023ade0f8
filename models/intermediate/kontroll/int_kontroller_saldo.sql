{# The balance that a letter states against the ledger after that letter. #}
with

oppgitte as (
    select * from {{ ref('int_oppgitte_belop') }}
    where art = 'disponibelt'
),

hovedbok as (
    select * from {{ ref('int_hovedbok') }}
),

aapninger as (
    select * from {{ ref('int_implisitte_aapninger') }}
),

-- the balance that an implied opening was derived from cannot fail, so it is no control
kontrollerbare as (
    select oppgitte.*
    from oppgitte
    left join aapninger
        on
            oppgitte.virksomhet_id = aapninger.virksomhet_id
            and oppgitte.dokument_id = aapninger.dokument_id
            and oppgitte.sted = aapninger.sted
            and oppgitte.budsjettaar = aapninger.budsjettaar
            and oppgitte.kapittel = aapninger.kapittel
            and oppgitte.post = aapninger.post
    where aapninger.dokument_id is null
),

med_saldo as (
    select
        kontrollerbare.*,
        hovedbok.disponibelt_etter_kr,
        hovedbok.dokument_id as hovedbok_dokument_id,
        hovedbok.sted as hovedbok_sted,
        row_number() over (
            partition by
                kontrollerbare.virksomhet_id,
                kontrollerbare.dokument_id,
                kontrollerbare.sted,
                kontrollerbare.budsjettaar,
                kontrollerbare.kapittel,
                kontrollerbare.post
            order by hovedbok.nummer desc
        ) as fra_slutt
    from kontrollerbare
    inner join hovedbok
        on
            kontrollerbare.virksomhet_id = hovedbok.virksomhet_id
            and kontrollerbare.budsjettaar = hovedbok.budsjettaar
            and kontrollerbare.kapittel = hovedbok.kapittel
            and kontrollerbare.post = hovedbok.post
            and kontrollerbare.rekkefolge >= hovedbok.rekkefolge
),

saldokontroller as (
    select
        {{ saldokontroll_id() }} as kontroll_id,
        virksomhet_id,
        'Oppgitt disponibelt beløp på ' || {{ kap_post('kapittel', 'post') }}
        || ' er lik saldoen i hovedboken etter brevet' as beskrivelse,
        budsjettaar,
        belop,
        enhet,
        faktor,
        disponibelt_etter_kr as beregnet_grunnverdi,
        slingring,
        dokument_id,
        sted,
        'hovedboken til og med ' || hovedbok_dokument_id || ', ' || hovedbok_sted as beregnet_fra
    from med_saldo
    where fra_slutt = 1
)

{{ belopskontroller('saldokontroller', 'saldo') }}
