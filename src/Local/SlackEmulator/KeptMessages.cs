namespace Local.SlackEmulator;

/// <summary>The newest messages, oldest first. Not thread-safe.</summary>
internal sealed class KeptMessages
{
    /// <summary>The inbox page says this number as well.</summary>
    public const int Most = 1_000;

    private readonly List<SlackMessage> messages = [];

    public IReadOnlyList<SlackMessage> ToList() => [.. messages];

    public void Add(SlackMessage message)
    {
        if (messages.Count == Most)
        {
            messages.RemoveAt(0);
        }

        messages.Add(message);
    }

    public SlackMessage? Find(Destination destination, string ts) =>
        messages.Find(message => message.Destination == destination.Id && message.Ts == ts);

    public void Replace(SlackMessage message)
    {
        var index = messages.FindIndex(kept => kept.Id == message.Id);
        messages[index] = message;
    }

    public void Clear() => messages.Clear();
}
