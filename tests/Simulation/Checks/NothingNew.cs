using Relay.Incidents;

namespace Simulation.Checks;

/// <summary>Once all is said, the time alone brings reminders and ends, and no news.</summary>
internal static class NothingNew
{
    /// <param name="seen">How much had been said when all was said.</param>
    public static IEnumerable<string> Findings(World world, int seen) =>
        from notification in world.History.Seen.Skip(seen)
        where notification.Kind is not (NotificationKind.Remind or NotificationKind.Resolve)
        where !notification.IsOfRelay // Its reminder reads as the first word of it.
        where !world.History.LostMessages.Contains(notification.Trouble)
        select $"This is no news: {notification}.";
}
