namespace Relay.Telemetry;

/// <summary>The ids of the log events that have to reach somebody in another way than through Slack.</summary>
public static class RelayEvents
{
    /// <summary>Something was put aside that cannot be delivered or handled; it is below <c>parked/</c>.</summary>
    public const int Parked = 1001;

    /// <summary>A route's destination is gone.</summary>
    public const int RouteDead = 1002;

    /// <summary>Slack has taken nothing of a route's for some minutes.</summary>
    public const int RouteFailing = 1003;

    /// <summary>What is stored of an incident cannot be read, so that it cannot be delivered.</summary>
    public const int Unreadable = 1004;
}
