using Relay.Routes;

namespace Relay.Messages;

/// <summary>Asks for a flush of a route at <paramref name="Due"/>.</summary>
public sealed record FlushMessage(string Route, DateTimeOffset Due) : RelayMessage;
