namespace Local.SlackEmulator;

internal static class FaultEndpoints
{
    public static void MapFaults(this RouteGroupBuilder slack)
    {
        slack.MapGet("/faults", (EmulatedSlack emulator) => emulator.Faults);
        slack.MapPut("/faults", PutAsync);
        slack.MapDelete("/faults", (EmulatedSlack emulator) =>
        {
            emulator.ClearFault();
            return TypedResults.NoContent();
        });
    }

    private static async Task<IResult> PutAsync(HttpRequest request, EmulatedSlack emulator, CancellationToken ct)
    {
        if (await RequestBody.ReadAsync(request, ct) is not { } body)
        {
            return TypedResults.Problem("larger than 1 MiB", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        if (!FaultDocument.TryParse(body, out var fault, out var reason))
        {
            return TypedResults.Problem(reason, statusCode: StatusCodes.Status400BadRequest);
        }

        emulator.SetFault(fault);
        return TypedResults.Ok(emulator.Faults);
    }
}
