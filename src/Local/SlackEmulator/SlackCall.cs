namespace Local.SlackEmulator;

/// <summary>One request, read as far as its own text allows: what is asked, or Slack's word for why it cannot be.</summary>
internal sealed record SlackCall
{
    /// <summary>Null when the request does not say.</summary>
    public Destination? Destination { get; private init; }

    public SlackPayload? Payload { get; private init; }

    public string? Error { get; private init; }

    public static SlackCall FromWebhook(WebhookAddress address, string body)
    {
        var call = new SlackCall { Destination = address.Destination };
        if (!address.Exists)
        {
            return call with { Error = SlackErrors.NoService };
        }

        return SlackPayload.TryParse(body, out var payload)
            ? call with { Payload = payload }
            : call with { Error = SlackErrors.InvalidPayload };
    }

    public static SlackCall FromWebApi(string? token, string body)
    {
        if (string.IsNullOrWhiteSpace(token))
        {
            return new SlackCall { Error = SlackErrors.NotAuthed };
        }

        if (!SlackPayload.TryParse(body, out var payload))
        {
            return new SlackCall { Error = SlackErrors.InvalidJson };
        }

        return payload.TextOf("channel") is { } channel
            ? new SlackCall { Destination = Destination.OfChannel(channel), Payload = payload }
            : new SlackCall { Error = SlackErrors.ChannelNotFound };
    }
}
