-- Which of the files on disk no row speaks of: asked by the worker for each of them.
create index attachment_content on eprod.attachment (sha256);
