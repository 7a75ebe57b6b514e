# Records one order by SQL. Debian: apt-get install libdbd-pg-perl. EOD_DATABASE is a DBI name, such as dbi:Pg:dbname=eod;host=db.
use strict; use warnings; use DBI;

my $database = DBI->connect($ENV{EOD_DATABASE}, '', '', { RaiseError => 1 });
my ($order_id) = $database->selectrow_array('select order_id from eod.record_order(?, ?, ?)', undef, @ARGV[0 .. 2]);
print "$order_id\n";
