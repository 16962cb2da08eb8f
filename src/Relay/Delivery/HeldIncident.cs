using Relay.Incidents;

namespace Relay.Delivery;

/// <summary>An incident that a route keeps apart from the others, since a message that held it was not taken.</summary>
/// <param name="Tries">How often it was refused by itself.</param>
/// <param name="IsPlain">Whether it is to be a plain text, without an attachment.</param>
/// <param name="MayHaveArrived">Whether Slack may have taken it though nobody answered: then it waits, or people read the same again and again.</param>
/// <param name="Since">When it was refused first.</param>
/// <param name="TriedAt">When it was tried last.</param>
internal sealed record HeldIncident(
    Fingerprint Incident,
    int Tries,
    bool IsPlain,
    bool MayHaveArrived,
    DateTimeOffset Since,
    DateTimeOffset TriedAt)
{
    private static readonly TimeSpan[] _waits =
        [TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)];

    /// <summary>Whether the fault is the incident's: the destination has taken another one since.</summary>
    public bool IsAtFault(RouteState route) => route.TakenAt > Since;

    /// <summary>When it may be tried again, as far as it depends on the incident: at once while the destination is at fault.</summary>
    public DateTimeOffset NotBefore(RouteState route) =>
        MayHaveArrived ? TriedAt + _waits[Math.Min(Tries, 4)]
        : IsAtFault(route) ? TriedAt + _waits[Math.Min(Tries, 3)]
        : TriedAt;
}
