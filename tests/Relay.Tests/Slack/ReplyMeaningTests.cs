using Relay.Incidents;
using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class ReplyMeaningTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("ok", null, null)]
    [InlineData("ok\n", null, null)]
    [InlineData("""{"ok":true,"channel":"C1","ts":"1764000000.000100"}""", "C1", "1764000000.000100")]
    [InlineData("""{"ok":true}""", null, null)]
    [InlineData("""{"ok":true,"channel":"C1","ts":17}""", "C1", null)]
    [InlineData("""{"ok":true,"channel":"#ops","ts":"<x>"}""", null, null)]
    public void A_reply_that_says_ok_means_delivered(string body, string? channel, string? ts) => Assert.Equal(new Outcome.Delivered(channel, ts), Of(200, body));

    [Theory]
    [InlineData("")]
    [InlineData("<html>Sign in to the proxy</html>")]
    [InlineData("OK, got it")]
    [InlineData("{}")]
    [InlineData("""{"ok":"true"}""")]
    [InlineData("""{"ok":true""")]
    [InlineData("""{"ok":true,"error":"\ud83d"}""")]
    [InlineData("[]")]
    public void A_success_that_does_not_say_ok_is_sent_again(string body) => Assert.Equal(new Outcome.Retry("HTTP 200"), Of(200, body));

    [Theory]
    [InlineData(400, "invalid_payload")]
    [InlineData(400, "invalid_attachments")]
    [InlineData(400, "invalid_blocks")]
    [InlineData(400, "no_text")]
    [InlineData(500, "no_text")]
    [InlineData(400, "too_many_attachments")]
    [InlineData(400, "msg_too_long")]
    [InlineData(400, "msg_blocks_too_long")]
    [InlineData(400, "attachment_payload_limit_exceeded")]
    [InlineData(400, "something_new")]
    [InlineData(200, "msg_too_long")]
    [InlineData(200, "no_text")]
    [InlineData(200, "invalid_attachments")]
    [InlineData(200, "invalid_blocks")]
    [InlineData(200, "invalid_arguments")]
    [InlineData(200, "too_many_attachments")]
    public void What_Slack_will_never_take_is_malformed(int status, string error) => MeansOf(status, error, new Outcome.Malformed(error));

    [Theory]
    [InlineData(403, "action_prohibited")]
    [InlineData(403, "invalid_token")]
    [InlineData(404, "channel_not_found")]
    [InlineData(404, "no_service")]
    [InlineData(404, "no_active_hooks")]
    [InlineData(404, "no_team")]
    [InlineData(410, "channel_is_archived")]
    [InlineData(400, "user_not_found")]
    [InlineData(400, "no_service_id")]
    [InlineData(403, "posting_to_general_channel_denied")]
    [InlineData(500, "team_disabled")]
    [InlineData(404, "something_new")]
    [InlineData(200, "invalid_auth")]
    [InlineData(200, "not_authed")]
    [InlineData(200, "token_revoked")]
    [InlineData(200, "account_inactive")]
    [InlineData(200, "not_in_channel")]
    [InlineData(200, "channel_not_found")]
    [InlineData(200, "is_archived")]
    [InlineData(200, "missing_scope")]
    [InlineData(200, "no_permission")]
    [InlineData(200, "restricted_action")]
    [InlineData(200, "restricted_action_read_only_channel")]
    public void A_destination_that_takes_no_messages_is_gone(int status, string error) => MeansOf(status, error, new Outcome.Gone(error));

    [Theory]
    [InlineData("message_not_found")]
    [InlineData("cant_update_message")]
    [InlineData("edit_window_closed")]
    [InlineData("thread_not_found")]
    [InlineData("cannot_reply_to_message")]
    [InlineData("channel_not_found")]
    [InlineData("is_inactive")]
    [InlineData("invalid_auth")]
    [InlineData("something_new")]
    public void An_edit_or_answer_that_is_refused_says_nothing_of_the_destination(string error)
    {
        var reply = new SlackReply(200, $$"""{"ok":false,"error":"{{error}}"}""");
        var posted = new PostedMessage("#ops", "C1", "1764000000.000100");

        Assert.Equal(new Outcome.MessageGone(error), ReplyMeaning.Of(reply, new SlackMessage { Edits = posted }, Now));
        Assert.Equal(new Outcome.MessageGone(error), ReplyMeaning.Of(reply, new SlackMessage { Answers = posted }, Now));
    }

    [Theory]
    [InlineData(500, "rollup_error")]
    [InlineData(200, "fatal_error")]
    [InlineData(200, "internal_error")]
    [InlineData(200, "service_unavailable")]
    [InlineData(200, "request_timeout")]
    [InlineData(200, "something_new")]
    [InlineData(503, "something_new")]
    public void What_may_pass_is_sent_again(int status, string error) => MeansOf(status, error, new Outcome.Retry(error));

    [Theory]
    [InlineData(400, typeof(Outcome.Retry))]
    [InlineData(413, typeof(Outcome.Malformed))]
    [InlineData(401, typeof(Outcome.Gone))]
    [InlineData(403, typeof(Outcome.Gone))]
    [InlineData(404, typeof(Outcome.Gone))]
    [InlineData(410, typeof(Outcome.Gone))]
    [InlineData(204, typeof(Outcome.Retry))]
    [InlineData(302, typeof(Outcome.Retry))]
    [InlineData(407, typeof(Outcome.Retry))]
    [InlineData(408, typeof(Outcome.Retry))]
    [InlineData(500, typeof(Outcome.Retry))]
    [InlineData(502, typeof(Outcome.Retry))]
    [InlineData(504, typeof(Outcome.Retry))]
    public void Without_a_word_of_Slack_the_status_decides(int status, Type expected)
    {
        var outcome = Of(status, "<html>/services/not-a-secret</html>");

        Assert.IsType(expected, outcome);
        Assert.Contains($"HTTP {status}", outcome.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("not-a-secret", outcome.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_reply_is_sent_again() =>
        Assert.Equal(new Outcome.Retry("no connection &lt;red&gt;"), Of(null, "no \u001b[31mconnection\n<red>"));

    [Theory]
    [InlineData("7", "", 7)]
    [InlineData(" 1.5 ", "", 1.5)]
    [InlineData("0", "", 1)]
    [InlineData("86400", "", 3600)]
    [InlineData("99999999999999999999999", "", 3600)]
    [InlineData("Sun, 22 Nov 2026 10:00:20 GMT", "", 20)]
    [InlineData("Sun, 22 Nov 2026 09:00:00 GMT", "", 1)]
    [InlineData("Mon, 22 Nov 2027 10:00:00 GMT", "", 3600)]
    [InlineData(null, """{"retry_after":2,"ok":false,"error":"rate_limited"}""", 2)]
    [InlineData("soon", """{"retry_after":2}""", 2)]
    [InlineData("-5", """{"retry_after":2}""", 2)]
    [InlineData("9", """{"retry_after":2}""", 9)]
    [InlineData(null, """{"retry_after":-2}""", 30)]
    [InlineData(null, """{"retry_after":1e999}""", 3600)]
    [InlineData(null, """{"retry_after":"2"}""", 30)]
    [InlineData(null, "rate_limited", 30)]
    [InlineData(null, "no_service", 30)]
    [InlineData("NaN", "", 30)]
    [InlineData("", "<html>", 30)]
    public void Reply_with_429_waits_as_long_as_Slack_says(string? header, string body, double seconds)
    {
        var later = Assert.IsType<Outcome.RateLimited>(Of(new SlackReply(429, body, header)));

        Assert.Equal(TimeSpan.FromSeconds(seconds), later.RetryAfter);
    }

    [Theory]
    [InlineData("ratelimited")]
    [InlineData("rate_limited")]
    public void A_rate_limit_may_come_as_a_success(string error) =>
        Assert.Equal(
            new Outcome.RateLimited(TimeSpan.FromSeconds(4)),
            Of(new SlackReply(200, $$"""{"ok":false,"error":"{{error}}"}""", "4")));

    [Fact]
    public void Hostile_bodies_never_throw()
    {
        foreach (var body in HostileText.Samples(1_000))
        {
            Of(200, body);
            Of(500, "{" + body);
            Assert.IsType<Outcome.RateLimited>(Of(new SlackReply(429, body, body)));
        }
    }

    private static void MeansOf(int status, string error, Outcome expected)
    {
        if (status != 200)
        {
            Assert.Equal(expected, Of(status, error));
        }

        Assert.Equal(expected, Of(status, $$"""{"ok":false,"error":"{{error}}"}"""));
    }

    private static Outcome Of(int? status, string body) => Of(new SlackReply(status, body));

    private static Outcome Of(SlackReply reply) => ReplyMeaning.Of(reply, new SlackMessage(), Now);
}
