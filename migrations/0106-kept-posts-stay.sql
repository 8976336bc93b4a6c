-- What an expired session sent to a ticket stays for its hour: its files are laid by at once, its text is shown as often as asked.
grant update (files) on eprod.kept_post to eprod_web, eprod_staff;
