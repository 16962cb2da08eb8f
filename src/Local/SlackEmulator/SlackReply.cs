namespace Local.SlackEmulator;

/// <summary>What the emulator answers to one post.</summary>
public sealed record SlackReply(int Status, string Body)
{
    /// <summary>The value of the <c>Retry-After</c> header, null for no header.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>How long the answer is held back.</summary>
    public TimeSpan Delay { get; init; }

    public string ContentType => Body.StartsWith('{') ? "application/json; charset=utf-8" : "text/plain; charset=utf-8";
}
