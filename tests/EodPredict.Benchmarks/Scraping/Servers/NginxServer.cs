using EodPredict.Tests.Scraping.Simulation;

namespace EodPredict.Benchmarks.Scraping.Servers;

/// <summary>nginx in front of an <see cref="Origin"/>.</summary>
internal static class NginxServer
{
    /// <summary>limit_req: strict spacing in milliseconds, of which one request may be ahead.</summary>
    public static Task<LimitedServer> StartSpacingAsync() => StartAsync(
        "nginx limit_req 50 r/s, burst 1 nodelay", Scenarios.Strict(50, 2),
        "limit_req_zone $server_port zone=rate:1m rate=50r/s; limit_req_status 429;", "limit_req zone=rate burst=1 nodelay;");

    /// <summary>limit_conn: so many at one time.</summary>
    public static Task<LimitedServer> StartInFlightAsync() => StartAsync(
        "nginx limit_conn 6", Scenarios.InFlight(6, LimitedServer.Held.TotalSeconds),
        "limit_conn_zone $server_port zone=open:1m; limit_conn_status 429;", "limit_conn open 6;");

    private static async Task<LimitedServer> StartAsync(string name, Scenario scenario, string zone, string limit)
    {
        var origin = await Origin.StartAsync(LimitedServer.Latency);
        var port = ServerProgram.FreePort();
        var program = await ServerProgram.StartAsync(
            "nginx", port, folder => Configuration(folder, port, origin.Port, zone, limit),
            (file, folder) => ["-c", file, "-p", folder, "-e", "stderr"]);
        return new(
            name, scenario, port, origin,
            async () => (await File.ReadAllLinesAsync(Path.Combine(program.Folder, "access.log"))).LongCount(status => status == "429"),
            program.DisposeAsync);
    }

    // One process, which ends with this one's kill and needs no other user.
    private static string Configuration(string folder, int port, int origin, string zone, string limit) => $$"""
        daemon off;
        master_process off;
        pid {{folder}}/nginx.pid;
        error_log stderr crit;
        events { worker_connections 1024; }
        http {
            log_format status '$status';
            access_log {{folder}}/access.log status;
            client_body_temp_path {{folder}}/body;
            proxy_temp_path {{folder}}/proxy;
            fastcgi_temp_path {{folder}}/fastcgi;
            uwsgi_temp_path {{folder}}/uwsgi;
            scgi_temp_path {{folder}}/scgi;
            {{zone}}
            upstream origin { server 127.0.0.1:{{origin}}; keepalive 64; }
            server {
                listen 127.0.0.1:{{port}};
                location / {
                    {{limit}}
                    proxy_pass http://origin;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                }
            }
        }
        """;
}
