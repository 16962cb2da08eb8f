using System.Globalization;
using System.Text.Json;
using Relay.Incidents;
using Relay.Routes;
using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class HostilePayloadTests
{
    private static readonly Destination Webhook = Parse("https://hooks.slack.com/services/" + "T000/B000/none");
    private static readonly Destination Bot = Parse(string.Concat("xo", "xb-1-2-none"));
    private static readonly PostedMessage Own = new("#ops", "C1", "1764000000.000100");

    /// <summary>Where the fuzzer begins, and how many messages it makes; <c>make fuzz</c> says more.</summary>
    private static readonly int First = Setting("SEED", 1);
    private static readonly int Count = Setting("MESSAGES", 400);

    [Fact]
    public void Whatever_a_play_prints_is_text_to_Slack_and_fits() => Parallel.For(First, First + Count, seed =>
    {
        var random = new Random(seed);
        var notifications = Enumerable.Range(0, random.Next(1, 25)).Select(_ => HostileNotification.Of(random.Next())).ToList();
        var (composed, taken) = MessageComposer.Compose(notifications);

        Assert.InRange(taken, 1, notifications.Count);
        AssertNoProblems($"SEED={seed}", [(Webhook, composed), .. Forms(notifications[0])]);
    });

    /// <summary>The longest there is, with a link that is taken: what is escaped, taken apart, or neither.</summary>
    [Theory]
    [InlineData("`")]
    [InlineData("&")]
    [InlineData("@here")]
    [InlineData("x")]
    public void A_notice_that_is_nothing_but_one_piece_fits(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 900 / piece.Length));

        Assert.All(Enumerable.Range(0, 50), seed => AssertNoProblems($"{seed}", Forms(HostileNotification.Of(seed, text))));
    }

    /// <summary>All that <c>DeliveryAttempt</c> makes of one notification: a webhook's message, a bot's new one, edit and answer, each as plain text too.</summary>
    private static IEnumerable<(Destination, SlackMessage)> Forms(Notification notification) =>
        from draw in (Func<Notification, SlackMessage>[])[one => MessageComposer.Compose([one]).Message, MessageComposer.Plain]
        from form in ((Destination, SlackMessage)[])
        [
            (Webhook, draw(notification)),
            (Bot, draw(notification.AsState())),
            (Bot, draw(notification.AsState()) with { Edits = Own }),
            (Bot, draw(notification.AsAnswer()) with { Answers = Own }),
        ]
        select form;

    /// <summary>The fuzzer is worth what its reader finds.</summary>
    [Theory]
    [InlineData("text", "```<!channel>```", "markup")]
    [InlineData("text", "```a & b```", "markup")]
    [InlineData("text", "```a``` @here ```b```", "mentions")]
    [InlineData("text", "*bold*", "formatted")]
    [InlineData("text", "```never ended", "formatted")]
    [InlineData("text", "```a``` `b", "formatted")]
    [InlineData("text", "`a` :fire:", "emoji")]
    [InlineData("text", "_soon_", "formatted")]
    [InlineData("text", "&gt; quoted", "formatted")]
    [InlineData("text", "a @here", "mentions")]
    [InlineData("text", "<!date^1^{date}|https://example.com>", "markup")]
    [InlineData("title", "no such host as ab:100:1", "emoji")]
    [InlineData("text", "```\u001b[31m```", "nobody sees")]
    [InlineData("text", "```a\u2060b```", "nobody sees")]
    [InlineData("text", "```\u202e```", "nobody sees")]
    [InlineData("title", "<https://example.com|here>", "markup")]
    [InlineData("title", "page @Everyone", "mentions")]
    [InlineData("footer", "@ops", "mentions")]
    [InlineData("title_link", "javascript:alert(1)", "astray")]
    [InlineData("title_link", "https://example.com/|x", "astray")]
    [InlineData("color", "red;background:url(https://example.com)", "colour")]
    public void Its_reader_finds_what_is_wrong(string field, string text, string problem)
    {
        var json = Payload(new() { [field] = text });

        Assert.Contains(SlackReading.ProblemsOf(json), found => found.Contains(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fallback", 301)]
    [InlineData("title", 151)]
    [InlineData("text", 1_801)]
    [InlineData("footer", 301)]
    public void Its_reader_finds_what_is_too_long(string field, int length)
    {
        var json = Payload(new() { [field] = $"```{new string('x', length - 6)}```" });

        Assert.Equal([$"attachments.{field}: {length} characters"], SlackReading.ProblemsOf(json).Select(found => found[..found.LastIndexOf(':')]));
    }

    [Fact]
    public void Its_reader_finds_nothing_wrong_with_what_is_right() => Assert.Empty(SlackReading.ProblemsOf(Payload(new()
    {
        ["title"] = "a &lt; b",
        ["text"] = "```why```\nroles/my_role/main.yml:12 · since <!date^1^{date_short_pretty} {time}|1970-01-01 00:00 UTC>\n`ansible-playbook site_*.yml`",
    })));

    [Theory]
    [InlineData("""{"text":"```x```","parse":"full","link_names":false}""")]
    [InlineData("""{"text":"```x```","parse":"none","link_names":true}""")]
    [InlineData("""{"attachments":[{"title":"x","mrkdwn_in":["text","fields"]}],"parse":"none","link_names":false}""")]
    [InlineData("""{"parse":"none","link_names":false}""")]
    [InlineData("""{"channel":"C1","ts":"1.2","text":"","attachments":[],"parse":"none","link_names":false}""")]
    public void Its_reader_finds_what_Slack_must_not_get(string json) => Assert.Single(SlackReading.ProblemsOf(json));

    private static void AssertNoProblems(string name, IEnumerable<(Destination Destination, SlackMessage Message)> messages)
    {
        foreach (var (destination, message) in messages)
        {
            var problems = SlackReading.ProblemsOf(SlackPayload.Json(destination, message));
            Assert.True(problems.Count == 0, $"{name}: {string.Join('\n', problems)}");
        }
    }

    private static string Payload(Dictionary<string, string> attachment) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["attachments"] = new[] { attachment.ToDictionary(one => one.Key, one => (object)one.Value).Append(new("mrkdwn_in", new[] { "text" })).ToDictionary() },
        ["parse"] = "none",
        ["link_names"] = false,
    });

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private static Destination Parse(string secret) =>
        Destination.TryParse(secret, "#ops", AllowedHosts.Slack, out var destination, out var problem)
            ? destination
            : throw new ArgumentException(problem, nameof(secret));
}
