{# "Ikke målt" names what the documents offer instead. #}
select
    sp_nr,
    sp
from {{ ref('sp_sammendrag') }}
where
    vurdering = 'ikke målt'
    and forbehold is null
