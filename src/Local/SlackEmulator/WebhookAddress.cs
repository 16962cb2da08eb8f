namespace Local.SlackEmulator;

/// <summary>The two parts of a webhook's path that are not secret. A webhook has one channel; here it is named after the hook.</summary>
public sealed record WebhookAddress(string Team, string Hook)
{
    /// <summary>The team whose webhooks have all been removed: they answer 404 <c>no_service</c>. Every other webhook exists.</summary>
    public const string TeamWithoutWebhooks = "TNONE";

    public bool Exists => Team != TeamWithoutWebhooks;

    public Destination Destination => new($"{Team}/{Hook}", Hook);
}
