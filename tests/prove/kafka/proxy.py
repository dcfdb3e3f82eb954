"""Passes connections on, from an address that others reach to the one where an instance listens: proxy.py HOST:PORT HOST:PORT"""

import asyncio
import sys


async def pump(source, target):
    try:
        while data := await source.read(65536):
            target.write(data)
            await target.drain()
    except OSError:
        pass
    finally:
        target.close()


async def main(listen, to):
    async def connected(reader, writer):
        try:
            there = await asyncio.open_connection(*to)
        except OSError:
            writer.close()
            return
        await asyncio.gather(pump(reader, there[1]), pump(there[0], writer))

    server = await asyncio.start_server(connected, *listen)
    print("ready", flush=True)
    async with server:
        await server.serve_forever()


def place(text):
    host, port = text.rsplit(":", 1)
    return host, int(port)


if __name__ == "__main__":
    try:
        asyncio.run(main(place(sys.argv[1]), place(sys.argv[2])))
    except KeyboardInterrupt:
        pass
