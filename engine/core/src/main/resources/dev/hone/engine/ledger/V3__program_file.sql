create table program_file (
    program varchar(64) not null references program (hash),
    path varchar(200) not null,
    text text not null,
    primary key (program, path)
);
