{#
    Keys, min(), max() and lists follow the order of character codes, and letters change case beyond ASCII too. On
    PostgreSQL the database decides: create it with lc_collate C and lc_ctype C.UTF-8.
#}
select 'feil sortering' as feil
where
    not (
        'Z' < 'a'
        and 'a-c' < 'ab'
        and 'z' < 'å'
        and lower('ÆØÅ') = 'æøå'
    )
