using Relay.Incidents;

namespace Relay.Delivery;

/// <summary>A notification that is to be delivered, and the incident that it is of.</summary>
internal sealed record PendingNotification(PendingIncident Incident, Notification Notification);
