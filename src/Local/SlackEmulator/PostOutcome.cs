namespace Local.SlackEmulator;

/// <summary>What became of a post, before it is said in the words of a webhook or of the Web API.</summary>
internal abstract record PostOutcome
{
    private PostOutcome()
    {
    }

    internal sealed record Accepted(SlackMessage Message) : PostOutcome;

    internal sealed record Refused(string Error) : PostOutcome;

    /// <param name="Seconds">After how many there is a place again.</param>
    internal sealed record RateLimited(int Seconds = 1) : PostOutcome;
}
