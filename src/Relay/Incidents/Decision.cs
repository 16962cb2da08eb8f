namespace Relay.Incidents;

/// <summary>What to say of an incident next.</summary>
/// <param name="Until">For <see cref="Saying.Wait"/>: when to decide again.</param>
internal readonly record struct Decision(Saying Saying, DateTimeOffset? Until = null)
{
    /// <summary>Whether a message is to be sent now.</summary>
    public bool IsMessage => Saying is Saying.Announce or Saying.Update or Saying.Remind or Saying.Resolve;
}
