{# A rule that no control follows, or a control whose rule is not declared, controls nothing that anyone can read of. #}
select coalesce(regler.regel_id, kontroller.regel_id) as regel_id
from {{ ref('stg_kontrollregler') }} as regler
full outer join {{ ref('int_kontroller') }} as kontroller
    on regler.regel_id = kontroller.regel_id
where
    regler.regel_id is null
    or (
        kontroller.regel_id is null
        -- held against the state's accounts of a year that is printed, where all its months are fetched
        and (
            regler.regel_id <> 'maanedsregnskap'
            or exists (
                select 1
                from {{ ref('int_tall') }} as trykt
                inner join {{ ref('int_regnskap_hittil') }} as regnskapet
                    on
                        trykt.virksomhet_id = regnskapet.virksomhet_id
                        and trykt.aar = regnskapet.budsjettaar
                        and trykt.kapittel = regnskapet.kapittel
                        and trykt.post = regnskapet.post
                where
                    trykt.indikator_id = 'regnskap'
                    and regnskapet.har_regnskap
                    and regnskapet.hele_aaret is not null
            )
        )
    )
