using System.Text.Json.Serialization;

namespace Relay.Routes;

/// <summary>A channel, reached through Slack's Web API with a bot's token, which can edit and answer what it has posted.</summary>
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
