# Leases ids by SQL and writes each into a file, eight bytes an id: DATABASE WORKER FILE IDS BLOCKS.
use strict; use warnings; use DBI;

my ($database, $worker, $file, $ids, $blocks) = @ARGV;
open(my $out, '>:raw', $file) or die $!;
my $taken = 0;
while ($taken < $ids) {
    eval {
        my $connection = DBI->connect("dbi:Pg:$database", '', '', { RaiseError => 1, PrintError => 0 });
        while ($taken < $ids) {
            my $runs = $connection->selectall_arrayref('select first_id, last_id from eod.lease_order_ids(?, ?)', undef, $worker, $blocks);
            for my $run (@$runs) {
                syswrite($out, pack('q<*', $run->[0] .. $run->[1]));
                $taken += $run->[1] - $run->[0] + 1;
            }
        }
    };    # The server is being killed by a test.
}
