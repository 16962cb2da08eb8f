using Relay.Routes;

namespace Local.Tests.Slack;

/// <summary>A webhook and a bot's channel that exist nowhere.</summary>
internal static class TestDestinations
{
    public const string Token = "xo" + "xb-1-2-none";
    public const string WebhookUrl = "http://127.0.0.1:7071/services/" + "T000/B000/none";

    public static Destination Webhook { get; } = Parse(WebhookUrl);

    public static Destination Bot { get; } = Parse(Token);

    public static Destination Parse(string secret) =>
        Destination.TryParse(secret, "#ops", AllowedHosts.SlackAndLoopback, out var destination, out var problem)
            ? destination
            : throw new ArgumentException(problem, nameof(secret));
}
