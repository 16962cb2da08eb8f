using System.Text.Json;
using Local.SlackEmulator;
using Microsoft.Extensions.Time.Testing;

namespace Local.Tests.SlackEmulator;

/// <summary>An emulated Slack, its clock, and short ways to post.</summary>
internal sealed class Emulation
{
    public const string Token = "a-token";

    public static DateTimeOffset Start { get; } = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public Emulation() => Slack = new EmulatedSlack(Time);

    public FakeTimeProvider Time { get; } = new(Start);

    public EmulatedSlack Slack { get; }

    public SlackReply Hook(string body = """{"text":"hello"}""", string hook = "web") =>
        Slack.PostToWebhook(new WebhookAddress("T1", hook), body);

    public JsonElement Say(string body) => Parse(Slack.PostMessage(Token, body));

    public JsonElement Update(string body) => Parse(Slack.UpdateMessage(Token, body));

    public void Wait(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    public void Break(string fault)
    {
        Assert.True(FaultDocument.TryParse(fault, out var parsed, out var reason), reason);
        Slack.SetFault(parsed);
    }

    public static JsonElement Parse(SlackReply reply) => JsonElement.Parse(reply.Body);
}
