"""Makes passwords that a child can read from a sheet of paper and type: three words and four digits.

256 words, three of them and a number below ten thousand: 3 × 8 + 13.2 = 37 bits, drawn by the operating system. Over
the network an account sees at most SIGN_IN_TRIES_PER_ACCOUNT tries in a window, with the defaults 2,880 a day, so that
half of the possibilities take about 80,000 years. Somebody who stole the hashes still pays 19 MiB and two passes of
argon2id for each of 2**36 guesses and account: months, for an account that can be reset in a second.
"""

from __future__ import annotations

import secrets

# Short, common, harmless, spelt in one way, and no two that sound the same.
_LIST = """
acorn actor album alley amber anchor angle apple apron arrow atlas autumn badge bagel baker bamboo banjo barn
basil basket beach beacon bean bell berry bike birch bird biscuit blanket blossom boat book boot bottle bowl
branch bread breeze brick bridge broom brush bubble bucket button cabin cable cactus camel camera candle canoe
canvas carpet carrot castle cedar chair chalk cherry chess circle clock cloud clover cobalt cocoa comet
compass copper coral cotton cousin cradle crane crayon cricket crown crystal cube curtain daisy dance desert
diamond dolphin door dragon drum eagle earth easel echo ember engine falcon feather fern fiddle field finch
flag flute forest fossil fountain fox galaxy garden garlic ginger glacier globe glove goose grape grass guitar
hammer harbor harp hazel hedge helmet heron hill honey hood horizon igloo indigo island ivory jacket jasmine
jelly jigsaw journey jungle kayak kettle kitten koala ladder lagoon lake lamp lantern laurel leaf lemon letter
lily lion lizard lobster magnet mango maple marble market meadow melon mirror mitten moon mosaic mountain mule
nectar needle nest noodle oak oasis ocean olive onion orange orbit orchard otter oven owl paddle panda paper
parade parrot pasta peach pebble pencil pepper piano pillow pine planet plum pocket pond poppy postcard potato
prism puzzle quartz quilt rabbit radio rainbow raven ribbon river robin rocket saddle sail salmon sand saturn
scarf shell silver sketch spoon stone summer sunset teapot temple ticket tiger tractor train trumpet tulip
tunnel turtle valley velvet violet violin waffle wagon walnut wheel whistle willow window winter wool yarn
zebra zipper
"""
WORDS = tuple(_LIST.split())
_NUMBERS = 10_000


def password() -> str:
    """A new password, e.g. ``lamp-river-stone-0427``; see the module for how much it withstands."""
    words = "-".join(secrets.choice(WORDS) for _ in range(3))
    return f"{words}-{secrets.randbelow(_NUMBERS):04}"
