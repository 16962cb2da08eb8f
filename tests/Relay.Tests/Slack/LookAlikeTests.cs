using System.Net;
using Relay.Routes;

namespace Relay.Tests.Slack;

/// <summary>Addresses that a reader, or another parser, takes for Slack's: whatever is taken leads to Slack's own host, asked of the client that would go there.</summary>
public sealed class LookAlikeTests
{
    private const string Path = "/services/" + "T000/B000/" + "none";

    public static TheoryData<string> Addresses =>
    [
        // User names.
        $"https://hooks.slack.com@example.com{Path}", $"https://hooks.slack.com:443@example.com{Path}", $"https://hooks.slack.com%40example.com{Path}",
        $"https://@hooks.slack.com{Path}", $"https://:@hooks.slack.com{Path}", $"https://example.com@hooks.slack.com{Path}",
        $"https://hooks.slack.com\\@example.com{Path}", $"https://example.com\\@hooks.slack.com{Path}", $"https://example.com#@hooks.slack.com{Path}",
        $"https://example.com?@hooks.slack.com{Path}", $"https://example.com/@hooks.slack.com{Path}", $"https://example.com;@hooks.slack.com{Path}",

        // Ports.
        $"https://hooks.slack.com:444{Path}", $"https://hooks.slack.com:80{Path}", $"https://hooks.slack.com:0443{Path}", $"https://hooks.slack.com:{Path}",
        $"https://hooks.slack.com:443.example.com{Path}", $"https://hooks.slack.com:65979{Path}", $"https://hooks.slack.com:-1{Path}", $"https://hooks.slack.com:４４３{Path}",

        // Letters and dots that look like others, or become others.
        $"https://hooks.sl\u0430ck.com{Path}", $"https://h\u043E\u043Eks.slack.com{Path}", $"https://hooks.slack.c\u03BFm{Path}", $"https://hooks.s\u0131ack.com{Path}",
        $"https://hooks.\u017Flack.com{Path}", $"https://hooks.slac\u212A.com{Path}", $"https://\uFF48ooks.slack.com{Path}", $"https://hooks\u3002slack\uFF0Ecom{Path}",
        $"https://hooks.slack\u2024com{Path}", $"https://hooks.slack.com\u2215services.example.com{Path}", $"https://hooks.slack.com\uFF0Fx.example.com{Path}",
        $"https://hooks.slack.com\u200B.example.com{Path}", $"https://hooks.sl\u00ADack.com{Path}", $"https://hooks.slack.com\u202E{Path}",
        $"https://xn--hooks-slack.com{Path}", $"https://hooks.xn--slck-0ra.com{Path}",

        // Dots at the end, or too many, and other ways to write a host.
        $"https://hooks.slack.com.{Path}", $"https://hooks.slack.com..{Path}", $"https://hooks..slack.com{Path}", $"https://.hooks.slack.com{Path}",
        $"https://hooks.slack.com%2eexample.com{Path}", $"https://hooks%2eslack%2ecom{Path}", $"https://hooks.slack.com%00.example.com{Path}",
        $"https://hooks.slack.com.example.com{Path}", $"https://example-hooks.slack.com{Path}", $"https://slack.com{Path}", $"https://hooks-slack.com{Path}",
        $"https:///hooks.slack.com{Path}", $"https:/hooks.slack.com{Path}", $"https:hooks.slack.com{Path}", $"https:\\\\hooks.slack.com{Path}", $"//hooks.slack.com{Path}",
        $"https://[hooks.slack.com]{Path}", $"https://hooks.slack.com[::1]{Path}", $"HTTPS://HOOKS.SLACK.COM{Path}", $"https://hooks.slack.com/../..//example.com{Path}",

        // This machine and its neighbours.
        $"https://127.0.0.1{Path}", $"https://127.1{Path}", $"https://2130706433{Path}", $"https://0x7f000001{Path}", $"https://0177.0.0.1{Path}", $"https://0{Path}",
        $"https://[::1]{Path}", $"https://[::ffff:127.0.0.1]{Path}", $"https://localhost{Path}", $"https://localhost.{Path}", $"https://169.254.169.254{Path}",
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Whatever_is_taken_for_a_webhook_leads_to_Slack(string address)
    {
        if (Destination.TryParse(address, null, AllowedHosts.Slack, out var destination, out _))
        {
            Assert.Equal("hooks.slack.com:443", await WhereItLeadsAsync(Assert.IsType<WebhookDestination>(destination).Url));
        }
    }

    [Theory]
    [InlineData("https://hooks.slack.com" + Path, true)]
    [InlineData("HTTPS://HOOKS.SLACK.COM" + Path, true)]
    [InlineData("https://example.com@hooks.slack.com" + Path, false)]
    [InlineData("https://hooks.slack.com." + Path, false)]
    [InlineData("https://hooks.sl\u0430ck.com" + Path, false)]
    public void Few_of_them_are_taken(string address, bool expected) =>
        Assert.Equal(expected, Destination.TryParse(address, null, AllowedHosts.Slack, out _, out _));

    /// <summary>The host and the port that a client asks the network for, which here is not there.</summary>
    private static async Task<string> WhereItLeadsAsync(Uri url)
    {
        DnsEndPoint? asked = null;
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = (context, _) =>
            {
                asked = context.DnsEndPoint;
                throw new IOException("No network here.");
            },
        };
        using var http = new HttpClient(handler);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.GetAsync(url, TestContext.Current.CancellationToken));
        return $"{asked?.Host}:{asked?.Port}";
    }
}
