using System.Text.Json.Serialization;

namespace Relay.Slack;

/// <summary>A channel, reached through <c>chat.postMessage</c> with a bot's token.</summary>
public sealed record BotDestination : Destination
{
    internal BotDestination(string token, string channel)
    {
        Token = token;
        Channel = channel;
    }

    /// <summary>The bearer token, which is the secret.</summary>
    [JsonIgnore]
    public string Token { get; }

    /// <summary>The channel's name or id.</summary>
    public string Channel { get; }

    private protected override string Name => $"channel {Channel}";
}
