{# No SP may drop out of the mart, least of all the ones without a figure. #}
select
    styringsparametere.gjelder_aar,
    styringsparametere.sp_nr
from {{ ref('stg_styringsparametere') }} as styringsparametere
left join {{ ref('maaloppnaaelse') }} as maaloppnaaelse
    on
        styringsparametere.virksomhet_id = maaloppnaaelse.virksomhet_id
        and styringsparametere.gjelder_aar = maaloppnaaelse.aar
        and styringsparametere.sp_nr = maaloppnaaelse.sp_nr
where maaloppnaaelse.sp_nr is null
