using System.IO.Compression;

namespace Relay.Reports;

/// <summary>Reads a request's body within bounds, so that neither a large one nor a small one that unpacks to a large one fills memory.</summary>
internal static class ReportBody
{
    public const int Limit = 1024 * 1024;

    /// <summary>The bytes of the report, or the answer that refuses it.</summary>
    public static async Task<(ReadOnlyMemory<byte> Json, ReportAnswer? Refusal)> ReadAsync(
        ReportRequest request,
        CancellationToken cancellation)
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        if (!string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase))
        {
            return (default, ReportAnswer.Unsupported("The content type must be application/json."));
        }

        var encoding = request.ContentEncoding?.Trim().ToLowerInvariant();
        if (encoding is not (null or "" or "identity" or "gzip"))
        {
            return (default, ReportAnswer.Unsupported("The content encoding must be gzip or none."));
        }

        if (await ReadBoundedAsync(request.Body, cancellation) is not { } sent)
        {
            return (default, ReportAnswer.TooLarge(Limit));
        }

        return encoding == "gzip" ? await UnpackAsync(sent, cancellation) : (sent, null);
    }

    private static async Task<(ReadOnlyMemory<byte> Json, ReportAnswer? Refusal)> UnpackAsync(
        ReadOnlyMemory<byte> packed,
        CancellationToken cancellation)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            return await ReadBoundedAsync(gzip, cancellation) is { } json ? (json, null) : (default, ReportAnswer.TooLarge(Limit));
        }
        catch (InvalidDataException)
        {
            return (default, ReportAnswer.Invalid([new("$", "must be valid gzip, as the content encoding says")]));
        }
    }

    /// <summary>Everything in <paramref name="stream"/>, or null when it holds more than <see cref="Limit"/>.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadBoundedAsync(Stream stream, CancellationToken cancellation)
    {
        var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellation)) > 0)
        {
            if (buffer.Length + read > Limit)
            {
                return null;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
