namespace Local.SlackEmulator;

/// <summary>How many edits Slack takes in a minute, whatever their channels. Not thread-safe.</summary>
/// <remarks>https://docs.slack.dev/apis/web-api/rate-limits, tier 3</remarks>
internal sealed class EditQuota
{
    public const int Most = 50;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Queue<long> taken = [];

    /// <summary>Takes one edit; else says how long it is until there will be one.</summary>
    public TimeSpan? Take(TimeProvider time)
    {
        while (taken.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= Window)
        {
            taken.Dequeue();
        }

        if (taken.Count == Most)
        {
            return Window - time.GetElapsedTime(taken.Peek());
        }

        taken.Enqueue(time.GetTimestamp());
        return null;
    }
}
