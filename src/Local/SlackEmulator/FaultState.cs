namespace Local.SlackEmulator;

/// <summary>The fault in force.</summary>
/// <param name="Fault">Null when Slack behaves.</param>
/// <param name="Remaining">How many posts it still meets, null for no end.</param>
/// <param name="Met">How many posts it has met.</param>
public sealed record FaultState(Fault? Fault, int? Remaining, int Met)
{
    public static FaultState None { get; } = new(null, null, 0);
}
