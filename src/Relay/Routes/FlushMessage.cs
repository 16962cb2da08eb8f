namespace Relay.Routes;

/// <summary>Word that a route has something to tell from <paramref name="Due"/> on.</summary>
public sealed record FlushMessage(string Route, DateTimeOffset Due) : RelayMessage;
