-- How many files have a virus, asked by the administrator's page of files.
create index file_check_infected on eprod.file_check (institution_id, sha256) where scan = 'infected';
