using Relay.Incidents;
using Relay.Routes;
using Relay.Slack;

namespace Local.Tests.Slack;

/// <summary>Every way to post that both Slack clients are held to.</summary>
internal static class ConformancePosts
{
    /// <summary>A message that the bot has posted at some time.</summary>
    public static readonly PostedMessage Posted = new("#ops", "C0123456", "1700000000.000100");

    private static readonly SlackMessage Hello = new() { Text = "hello" };

    private static readonly Dictionary<string, (Destination Destination, SlackMessage Message)> Table = new()
    {
        ["to a webhook"] = (TestDestinations.Webhook, Hello),
        ["to a bot's channel"] = (TestDestinations.Bot, Hello),
        ["an edit"] = (TestDestinations.Bot, Hello with { Edits = Posted }),
        ["an answer"] = (TestDestinations.Bot, Hello with { Answers = Posted }),
    };

    /// <summary>Every one, by its name.</summary>
    public static IEnumerable<string> Names => Table.Keys;

    /// <summary>The one of that name.</summary>
    public static (Destination Destination, SlackMessage Message) Of(string name) => Table[name];
}
