create table beside (name varchar(100) not null primary key);
