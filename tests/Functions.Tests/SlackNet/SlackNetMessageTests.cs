using System.Text.Json.Nodes;
using Functions.Slack;
using Local.Tests.Slack;
using Relay.Slack;

namespace Functions.Tests.Slack;

public sealed class SlackNetMessageTests
{
    // What SlackNet adds of its own; each is Slack's default, or of no effect for a webhook.
    private static readonly Dictionary<string, string> Additions = new()
    {
        ["reply_broadcast"] = "false",
        ["unfurl_links"] = "false",
        ["unfurl_media"] = "false",
    };

    private static readonly SlackMessage Full = new()
    {
        Text = "2 things &amp; more",
        Attachments =
        [
            new()
            {
                Color = "#a30200",
                Fallback = "nginx failed on web-01 – naïve “quotes” 🔥",
                Title = "Install nginx &lt;now&gt;",
                TitleLink = "https://ci.example.com/job/7?a=1&b=2",
                Text = "```\nNo package\t\"nginx\" \\ available\n```",
                Footer = "site.yml · ctl-01",
            },
            new() { Color = "#2eb67d", Fallback = "f", Title = "t" },
        ],
    };

    public static MatrixTheoryData<string, string> Cases => new(["full", "text alone", "no text"], [.. ConformancePosts.Names]);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Slack_gets_the_payload_of_the_relay(string kind, string post)
    {
        var (destination, sample) = ConformancePosts.Of(post);
        var content = kind switch { "full" => Full, "text alone" => new() { Text = "short" }, _ => Full with { Text = null } };
        var message = content with { Edits = sample.Edits, Answers = sample.Answers };
        using var handler = new RecordingHandler(new HttpResponseMessage { Content = new StringContent("ok") });

        await new SlackNetClient(handler, TimeProvider.System).PostAsync(destination, message, TestContext.Current.CancellationToken);

        var sent = JsonNode.Parse(Assert.Single(handler.Requests).Body)!.AsObject();
        var expected = JsonNode.Parse(SlackPayload.Json(destination, message))!.AsObject();
        foreach (var (name, value) in Additions.Where(addition => message.Edits is null && !expected.ContainsKey(addition.Key)))
        {
            Assert.Equal(value, sent[name]?.ToJsonString());
            sent.Remove(name);
        }

        Assert.True(JsonNode.DeepEquals(Normal(expected), Normal(sent)), $"expected {expected.ToJsonString()}, sent {sent.ToJsonString()}");
    }

    [Fact]
    public async Task A_webhook_gets_no_token_and_a_bot_posts_and_edits_with_its_own()
    {
        using var handler = new RecordingHandler(_ => Task.FromResult(new HttpResponseMessage { Content = new StringContent("ok") }));
        var client = new SlackNetClient(handler, TimeProvider.System);

        await client.PostAsync(TestDestinations.Webhook, Full, TestContext.Current.CancellationToken);
        await client.PostAsync(TestDestinations.Bot, Full, TestContext.Current.CancellationToken);
        await client.PostAsync(TestDestinations.Bot, Full with { Edits = ConformancePosts.Posted }, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                (TestDestinations.WebhookUrl, null, "application/json; charset=utf-8"),
                ("https://slack.com/api/chat.postMessage", $"Bearer {TestDestinations.Token}", "application/json; charset=utf-8"),
                ("https://slack.com/api/chat.update", $"Bearer {TestDestinations.Token}", "application/json; charset=utf-8"),
            ],
            handler.Requests.Select(sent => (sent.Url?.AbsoluteUri, sent.Authorization?.ToString(), sent.ContentType)));
    }

    /// <summary>No fields are as good as an empty list of them.</summary>
    private static JsonObject Normal(JsonObject payload)
    {
        foreach (var attachment in payload["attachments"]?.AsArray().Select(one => one!.AsObject()) ?? [])
        {
            attachment["fields"] ??= new JsonArray();
        }

        return payload;
    }
}
