namespace Local.SlackEmulator;

internal static class InboxEndpoints
{
    public static void MapInbox(this RouteGroupBuilder slack)
    {
        slack.MapGet("/messages", (EmulatedSlack emulator) => emulator.Messages);
        slack.MapDelete("/messages", (EmulatedSlack emulator) =>
        {
            emulator.Clear();
            return TypedResults.NoContent();
        });
        slack.MapGet("/stats", (EmulatedSlack emulator) => emulator.Stats);
        slack.MapGet("/stream", (EmulatedSlack emulator, IHostApplicationLifetime lifetime) =>
            TypedResults.ServerSentEvents(InboxStream.ReadAsync(emulator, lifetime.ApplicationStopping)));
    }
}
