namespace Local.SlackEmulator;

/// <summary>What became of a post, before it is said in the words of a webhook or of the Web API.</summary>
internal abstract record PostOutcome
{
    private PostOutcome()
    {
    }

    internal sealed record Accepted(SlackMessage Message) : PostOutcome;

    internal sealed record Refused(string Error) : PostOutcome;

    internal sealed record RateLimited : PostOutcome;
}
