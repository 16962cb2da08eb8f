using System.IO.Compression;
using System.Text;
using Relay.Messages;
using Relay.Reports;

namespace Relay.Tests;

public sealed class ReceiveReportTests
{
    private const string Report = """
        {"version":1,"run":{"id":"1","source":"ctl"},"events":[{"id":"1","kind":"failed","at":"2026-11-22T10:00:00Z","host":"web-01","message":"no"}]}
        """;

    private readonly TestRelay _relay = new();

    [Fact]
    public async Task A_report_is_accepted_once_its_events_are_in_the_queue()
    {
        var answer = await SendAsync(Encoding.UTF8.GetBytes(Report));

        Assert.Equal((202, "{\"accepted\":1}"), (answer.Status, answer.Body));
        Assert.Equal("web-01", Assert.Single(Assert.IsType<EventsMessage>(Assert.Single(_relay.Queue.Messages)).Events).Host);
    }

    [Fact]
    public async Task What_a_sender_calls_itself_is_one_line_of_the_log_and_no_command_to_a_terminal()
    {
        await SendAsync(Encoding.UTF8.GetBytes(Report.Replace("\"ctl\"", """ "a\tb\r\nc\u001b[2J\u0085d" """, StringComparison.Ordinal)));

        Assert.Equal("Report accepted. Events: 1, Source: a b cd", Assert.Single(_relay.Log.Lines).Text);
    }

    [Fact]
    public async Task A_gzipped_report_is_accepted() =>
        Assert.Equal(202, (await SendAsync(Zip(Encoding.UTF8.GetBytes(Report)), encoding: "gzip")).Status);

    [Theory]
    [InlineData("text/plain", null, 415)]
    [InlineData(null, null, 415)]
    [InlineData("application/json", "br", 415)]
    [InlineData("application/json", "gzip", 400)]
    [InlineData("application/json; charset=utf-8", "identity", 202)]
    public async Task The_headers_have_to_say_what_the_body_is(string? type, string? encoding, int status) =>
        Assert.Equal(status, (await SendAsync(Encoding.UTF8.GetBytes(Report), type, encoding)).Status);

    [Fact]
    public async Task A_large_report_is_refused_before_it_is_read_whole()
    {
        using var body = new MemoryStream(new byte[2 * 1024 * 1024]);

        Assert.Equal(413, (await SendAsync(body, "application/json", null)).Status);
        Assert.True(body.Position < 1024 * 1024 + 64 * 1024);
    }

    [Fact]
    public async Task A_small_report_that_unpacks_to_a_large_one_is_refused() =>
        Assert.Equal(413, (await SendAsync(Zip(new byte[100 * 1024 * 1024]), encoding: "gzip")).Status);

    [Fact]
    public async Task A_gzipped_report_that_is_cut_off_is_refused()
    {
        var zipped = Zip(Encoding.UTF8.GetBytes(Report));

        Assert.Equal(400, (await SendAsync(zipped[..^20], encoding: "gzip")).Status);
    }

    [Fact]
    public async Task A_wrong_report_is_answered_with_its_problems_and_leaves_nothing()
    {
        var answer = await SendAsync("{\"version\":1,\"run\":{\"id\":\"1\"},\"events\":[]}"u8.ToArray());

        Assert.Equal((400, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.Contains("$.run.source", answer.Body);
        Assert.Contains("$.events", answer.Body);
        Assert.Empty(_relay.Queue.Messages);
    }

    [Fact]
    public async Task While_the_queue_is_away_the_sender_has_to_come_again()
    {
        _relay.Queue.IsAway = true;

        var answer = await SendAsync(Encoding.UTF8.GetBytes(Report));

        Assert.Equal((503, TimeSpan.FromSeconds(10)), (answer.Status, answer.RetryAfter));
    }

    [Fact]
    public async Task A_secret_that_the_callback_let_through_does_not_reach_the_queue()
    {
        var secret = "hunter" + "2!";

        await SendAsync(Encoding.UTF8.GetBytes(Report.Replace("\"no\"", $"\"login --password {secret}\",\"details\":{{\"db_password\":\"{secret}\"}}")));

        var message = Assert.Single(_relay.Queue.Messages).ToJson();
        Assert.DoesNotContain(secret, message);
        Assert.Contains("[redacted]", message);
    }

    private Task<ReportAnswer> SendAsync(byte[] body, string? type = "application/json", string? encoding = null) =>
        SendAsync(new MemoryStream(body), type, encoding);

    private Task<ReportAnswer> SendAsync(Stream body, string? type, string? encoding) =>
        _relay.Get<ReceiveReport>().HandleAsync(new ReportRequest(body, type, encoding), CancellationToken.None);

    private static byte[] Zip(byte[] bytes)
    {
        var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return zipped.ToArray();
    }
}
