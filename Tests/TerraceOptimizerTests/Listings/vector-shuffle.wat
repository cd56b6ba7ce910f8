;; Shuffles by the shape of their mask.
(module
  (func $f (param v128 v128) (result v128)
    (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      (i8x16.shuffle 12 13 14 15 8 9 10 11 4 5 6 7 0 1 2 3 (local.get 0) (local.get 0))
      (i8x16.shuffle 1 0 3 2 5 4 7 6 9 8 11 10 13 12 15 14 (local.get 1) (local.get 1)))))

;; Graph
;; b0:
;;   v0 = i8x16.shuffle p0:v128, p0:v128 pattern v128:0x03020100070605040b0a09080f0e0d0c
;;   v1 = i8x16.shuffle p1:v128, p1:v128 pattern v128:0x0e0f0c0d0a0b08090607040502030001
;;   v2 = i8x16.shuffle v0, v1 pattern v128:0x17161514070605041312111003020100
;;   return v2
;; Code
;; b0:
;;   0000  c5 f9 70 c0 1b                 vpshufd xmm0, xmm0, 27
;;   0005  c4 e2 71 00 0d 12 00 00 00     vpshufb xmm1, xmm1, [rip + 18]
;;   000e  c5 f9 62 c1                    vpunpckldq xmm0, xmm0, xmm1
;;   0012  c3                             ret
;; constants:
;;   0013  cc cc cc cc cc cc cc cc
;;   001b  cc cc cc cc cc 01 00 03
;;   0023  02 05 04 07 06 09 08 0b
;;   002b  0a 0d 0c 0f 0e
