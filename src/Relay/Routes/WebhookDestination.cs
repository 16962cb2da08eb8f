using System.Text.Json.Serialization;

namespace Relay.Routes;

/// <summary>An incoming webhook: one address for one channel, which takes messages and gives no name for them.</summary>
public sealed record WebhookDestination : Destination
{
    internal WebhookDestination(Uri url) => Url = url;

    /// <summary>The whole address, which is the secret.</summary>
    [JsonIgnore]
    public Uri Url { get; }

    private protected override string Name => $"{Url.Host}/…";
}
