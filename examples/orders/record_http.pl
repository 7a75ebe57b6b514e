# Records one order by HTTP; needs Perl alone. EOD_URL is the service, such as http://localhost:5080,
# EOD_KEY a key, where it asks for one.
use strict; use warnings; use HTTP::Tiny; use JSON::PP;

my ($source, $key, $payload) = @ARGV;
my $order = encode_json({ source => $source, client_key => $key, payload => decode_json($payload) });
my %headers = $ENV{EOD_KEY} ? (Authorization => "Bearer $ENV{EOD_KEY}") : ();
my $reply = HTTP::Tiny->new->post("$ENV{EOD_URL}/api/orders", { headers => \%headers, content => $order });
die "$reply->{status} $reply->{content}\n" unless $reply->{success};
print decode_json($reply->{content})->{order_id}, "\n";
