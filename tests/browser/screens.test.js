// Every screen that a user can meet, reached once: lib/looks.js says what holds of each, and nothing is on the console.
'use strict';

const { testScreens } = require('./lib/looks.js');
const { kScreens } = require('./lib/screens.js');
const { setUp } = require('./lib/stage.js');

testScreens(setUp(), kScreens);
